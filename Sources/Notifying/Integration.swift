/// The way in which a receiver wants to be told, as metrics name it.
package enum Integration: String, Sendable, Hashable, CaseIterable {
    case alertmanager
    case webhook
}
