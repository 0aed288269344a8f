/// A part without which the service is dead though its process runs.
struct VitalPart: Sendable {
    let name: String
    /// Returns once the part has done something; never, where it hangs.
    ///
    /// False where it is stuck and can say so.
    let isAlive: @Sendable () async -> Bool
}
