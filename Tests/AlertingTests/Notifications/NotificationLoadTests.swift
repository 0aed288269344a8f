import Alerting
import ClusterLinks
import Testing

/// A fleet of ten thousand links of which each fails for a cause of its own, poll by poll.
struct NotificationLoadTests {
    private typealias Sample = AlertSample

    @Test func `what a poll costs does not grow with what fires already`() throws {
        var desk = NotificationDesk([NotificationDesk.hook, NotificationDesk.manager])
        desk.plan.silences = [try NotificationDesk.silence("lkc-none", to: 10_000)]
        let clock = ContinuousClock()
        var told = 0
        let costs = (0..<1000).map { cluster in
            let instant = Sample.start.advanced(by: .milliseconds(50 * cluster))
            let alerts = (0..<10).map { link in
                Sample.firing("\(cluster).\(link)", on: "lkc-\(cluster)", link: "\(link)", at: instant)
            }
            return clock.measure {
                told += desk.take(alerts.map { .fired($0, Sample.around()) }, at: instant).notifications.count
            }
        }
        #expect(told == 10_000)
        // Medians, as any poll may be the one during which the machine did something else.
        #expect(Self.median(costs.suffix(200)) < Self.median(costs.prefix(200)) * 5)
    }

    private static func median(_ costs: some Sequence<Duration>) -> Duration {
        let sorted = costs.sorted()
        return sorted[sorted.count / 2]
    }
}
