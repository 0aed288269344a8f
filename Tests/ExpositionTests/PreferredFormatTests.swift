import Exposition
import Testing

struct PreferredFormatTests {
    @Test(arguments: [
        // What Prometheus 2 and 3 send.
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
        "application/openmetrics-text", "text/plain;q=0.5, Application/OpenMetrics-Text; Version=\"1.0.0\"",
        "text/plain, application/openmetrics-text",
    ])
    func `whoever names OpenMetrics gets it`(accept: String) {
        #expect(ExpositionFormat(preferredBy: accept) == .openMetrics)
    }

    @Test(arguments: [
        "", "*/*", "text/plain", "text/plain;version=0.0.4;q=0.5,*/*;q=0.1", "text/html,*/*;q=0.8",
        "application/openmetrics-text;q=0", "application/openmetrics-text;version=2.0.0,text/plain;q=0.1",
        "application/openmetrics-text;q=0.3,text/plain;version=0.0.4;q=0.5", "application/openmetrics-text;q=wish",
        "application/json", ";,;=,q", "application/vnd.google.protobuf;q=0.7",
    ])
    func `everyone else gets the text format`(accept: String) {
        #expect(ExpositionFormat(preferredBy: accept) == .prometheus)
    }
}
