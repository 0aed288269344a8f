import Logging
import Testing

@testable import LinkWatch

/// What the environment says of a service manager, and what it is told.
struct ServiceManagerTests {
    private func manager(_ environment: [String: String]) -> ServiceManager {
        ServiceManager(environment: environment, processID: 42, logger: .silent)
    }

    @Test(
        arguments: [
            ([:], false, nil),
            (["NOTIFY_SOCKET": "/run/x"], true, nil),
            (["NOTIFY_SOCKET": "@x", "WATCHDOG_USEC": "30000000"], true, 30),
            (["NOTIFY_SOCKET": "/run/x", "WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "42"], true, 30),
            (["NOTIFY_SOCKET": "/run/x", "WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "41"], true, nil),
            (["NOTIFY_SOCKET": "/run/x", "WATCHDOG_USEC": "soon"], true, nil),
            (["NOTIFY_SOCKET": "/run/x", "WATCHDOG_USEC": "0"], true, nil),
            (["WATCHDOG_USEC": "30000000"], false, nil),
            (["NOTIFY_SOCKET": "relative"], false, nil),
            (["NOTIFY_SOCKET": "@"], false, nil),
            (["NOTIFY_SOCKET": "/" + String(repeating: "x", count: 107)], false, nil),
        ] as [([String: String], Bool, Int?)]
    )
    func `the environment says whether anybody listens and watches`(
        _ environment: [String: String],
        _ isThere: Bool,
        _ seconds: Int?
    ) {
        let manager = manager(environment)
        #expect(manager.isThere == isThere)
        #expect(manager.patience == seconds.map { .seconds($0) })
    }

    @Test(
        arguments: [
            (ServiceNotice.ready(status: "2 clusters"), "READY=1\nSTATUS=2 clusters"),
            (.ready(status: "a\nSTOPPING=1"), "READY=1\nSTATUS=a STOPPING=1"),
            (.reloading(at: 7), "RELOADING=1\nMONOTONIC_USEC=7"),
            (.alive(status: "x"), "WATCHDOG=1\nSTATUS=x"),
            (.stopping, "STOPPING=1\nSTATUS=stopping"),
        ] as [(ServiceNotice, String)]
    )
    func `a notice is one assignment a line`(_ notice: ServiceNotice, _ text: String) {
        #expect(notice.text == text)
    }

    @Test(
        arguments: [
            (ServiceSummary(clusters: 1, links: 1), "1 cluster, 1 link"),
            (
                ServiceSummary(
                    clusters: 6,
                    staleClusters: 1,
                    links: 36,
                    linksInError: 2,
                    isDurable: false,
                    wasReloadRefused: true
                ),
                "6 clusters, 1 not heard of lately, 36 links, 2 in error, the database takes no writes, "
                    + "the changed configuration was refused, the log says why"
            ),
        ] as [(ServiceSummary, String)]
    )
    func `the status is one line`(_ summary: ServiceSummary, _ text: String) {
        #expect(summary.text == text)
    }
}
