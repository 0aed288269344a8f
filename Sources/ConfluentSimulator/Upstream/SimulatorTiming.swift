/// How long the asynchronous parts of creation and deletion take.
package struct SimulatorTiming: Sendable, Equatable {
    /// From an accepted creation until reads find the link.
    package var creation: Duration
    /// From an accepted deletion until lists no longer show the link.
    package var deletion: Duration

    package init(creation: Duration = .seconds(2), deletion: Duration = .seconds(3)) {
        self.creation = creation
        self.deletion = deletion
    }

    /// Everything at once.
    package static let immediate = SimulatorTiming(creation: .zero, deletion: .zero)
}
