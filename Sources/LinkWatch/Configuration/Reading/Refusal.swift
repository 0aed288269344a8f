/// Why a text is not the value its key asks for; the place is added by the setting that read it.
struct Refusal: Error, Equatable {
    let sentence: String
    /// Whether "got `…`" follows; never where the text may hold a secret.
    var quotes = true
    var suggestion: String?

    init(_ sentence: String, quotes: Bool = true, suggestion: String? = nil) {
        self.sentence = sentence
        self.quotes = quotes
        self.suggestion = suggestion
    }
}
