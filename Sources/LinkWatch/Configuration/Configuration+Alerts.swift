package import Alerting

extension Configuration {
    /// When an alert fires, what it is worth and who is told.
    package struct Alerts: Sendable, Equatable {
        package var policy = AlertPolicy()
        /// In the order of the file, names unique.
        package var receivers: [Receiver] = []

        package init() {}
    }
}

extension Configuration.Alerts {
    init(reading section: Section?) {
        self.init()
        guard let section else { return }
        policy = AlertPolicy(reading: section)
        receivers = ReceiverListReading(section).receivers()
        section.close()
    }
}
