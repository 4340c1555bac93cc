import java.util.EnumSet;
import javax.servlet.DispatcherType;
import org.apache.solr.servlet.CoreContainerProvider;
import org.apache.solr.servlet.SolrDispatchFilter;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.FilterHolder;
import org.eclipse.jetty.servlet.ServletContextHandler;

/** Serves the Solr home of -Dsolr.solr.home at http://127.0.0.1:PORT/solr, on loopback only, until it is told to stop. */
public class SolrServer {
  public static void main(String[] arguments) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    connector.setPort(Integer.parseInt(arguments[0]));
    server.addConnector(connector);

    ServletContextHandler solr = new ServletContextHandler(server, "/solr");
    solr.addEventListener(new CoreContainerProvider());
    FilterHolder dispatch = new FilterHolder(SolrDispatchFilter.class);
    dispatch.setAsyncSupported(true);
    solr.addFilter(dispatch, "/*", EnumSet.of(DispatcherType.REQUEST));

    // On SIGTERM, Jetty ends the context, and the context closes the cores, which writes what is pending.
    server.setStopAtShutdown(true);
    server.start();
    server.join();
  }
}
