import Alerting
import Inventory

/// An alert with what people did about it and where it belongs, wherever it was read.
struct PresentableAlert {
    let alert: Alert
    /// Of one that is over it is the last that there was.
    let acknowledgement: Acknowledgement?
    /// The incident's id; nil for one that never fired.
    let incident: String?
    /// As they were when it last was news; nil where nothing was noted of them.
    let surroundings: AlertSurroundings?

    init(
        _ alert: Alert,
        acknowledgement: Acknowledgement?,
        incident: String?,
        surroundings: AlertSurroundings?
    ) {
        self.alert = alert
        self.acknowledgement = acknowledgement
        self.incident = incident
        self.surroundings = surroundings
    }

    init(_ row: AlertRow) {
        self.init(
            row.alert,
            acknowledgement: row.acknowledgement,
            incident: row.incident,
            surroundings: row.surroundings
        )
    }

    /// Where it stands in lists, which are newest first.
    var position: History.AlertPosition { History.AlertPosition(at: alert.startedAt, id: alert.id) }
}
