import Inventory

extension History.Trouble {
    /// The code or the bad state, as a text that tells them apart.
    var text: String? { linkError.map { "error \($0)" } ?? linkState.map { "state \($0)" } }
}
