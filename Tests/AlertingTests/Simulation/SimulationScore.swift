import Alerting

/// What was told, held against what happened.
struct SimulationScore: Hashable {
    /// Those that somebody has to be told of.
    var incidents = 0
    /// Distinct ones of the type firing.
    var notifications = 0
    /// Incidents that were told.
    var found = 0
    /// Incidents of which nobody may be told because of a silence.
    var silenced = 0
    /// That it got worse, which is told once more: how often it did, and was told.
    var worsenings = 0
    var worseningsTold = 0
    /// Told of what is no incident, not seen for long enough to be one, over, silenced, or of several as if they were one.
    var unfounded = 0
    /// Told once more of an incident that was told.
    var repeated = 0
    /// Told after more bad polls than it takes.
    var late = 0
    var reminders = 0
    var ends = 0
    /// Told to be over before that was seen.
    var endedEarly = 0
    /// Incidents that were told and whose end was not told exactly once.
    var endsMissed = 0
    /// Arrived once more, with the same id.
    var arrivedTwice = 0

    var recall: Double { incidents == 0 ? 1 : Double(found) / Double(incidents) }
    var precision: Double { notifications == 0 ? 1 : Double(found + worseningsTold) / Double(notifications) }
    var pagesPerIncident: Double { incidents == 0 ? 0 : Double(notifications) / Double(incidents) }
}
