/* Sends a form with files and shows the answer in place, so that the browser keeps the files that were chosen:
   the server keeps none. Without script the form is sent as a page, and files are chosen again. */
(function () {
  "use strict";

  function swap(page) {
    if (!page.getElementById("answer")) {
      // Refused as a whole: what the server says of that is a page of its own.
      throw new Error("no answer");
    }
    ["answer", "publish"].forEach(function (id) {
      var fresh = page.getElementById(id);
      var old = document.getElementById(id);
      if (fresh && old) {
        old.replaceWith(document.importNode(fresh, true));
      } else if (fresh) {
        document.querySelector("form[data-keeps-files]").after(document.importNode(fresh, true));
      } else if (old && id === "publish") {
        old.remove();
      }
    });
    document.getElementById("answer").focus();
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    var button = event.submitter;
    if (!form.hasAttribute("data-keeps-files") || (button && button.hasAttribute("data-download"))) {
      return;
    }
    event.preventDefault();
    var status = form.querySelector("[role=status]");
    status.textContent = form.dataset.waiting;
    var data = new FormData(form);
    if (button && button.name) {
      data.append(button.name, button.value);
    }
    fetch(form.action, { method: "POST", body: data, credentials: "same-origin", cache: "no-store" })
      .then(function (answer) { return answer.text(); })
      .then(function (text) { swap(new DOMParser().parseFromString(text, "text/html")); })
      .catch(function () { form.removeAttribute("data-keeps-files"); form.submit(); })
      .finally(function () { status.textContent = ""; });
  });
})();
