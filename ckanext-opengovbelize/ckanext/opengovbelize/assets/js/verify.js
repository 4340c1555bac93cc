/* Takes a certificate out of the address, so that neither history nor server has it there, and sends it as a form.
   A fragment (what stands behind #) is never sent by the browser. Without script, the field takes what is pasted. */
(function () {
  "use strict";

  function take() {
    var certificate = window.location.hash.slice(1);
    var field = document.getElementById("certificate");
    if (certificate.indexOf(".") < 0 || !field) {
      return;
    }
    window.history.replaceState(null, "", window.location.pathname);
    field.value = certificate;
    field.form.submit();
  }

  window.addEventListener("hashchange", take);
  take();
})();
