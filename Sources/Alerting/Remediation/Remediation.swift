/// What a person on call is told about one trouble: short, and without anything that a server sent.
///
/// Commands stand in backticks and name what they are about by placeholders (`CLUSTER`, `LINK`, `REMOTE` for the
/// cluster at the other end, `TOPIC`, `GROUP`, `HOST`, `PORT`, `PROXY`, `KEY`, `FILE`, `sa-ID` for a service account),
/// never by a name that came from a server: a name may hold anything, and these lines are pasted into shells.
package struct Remediation: Sendable, Hashable {
    package let meaning: String
    package let likelyCause: String
    /// A command to run or a thing to look at, for Confluent's CLI as it is used with Confluent Cloud.
    package let firstStep: String
    /// The address of a page of Confluent's; nil where none helps.
    package let link: String?

    package init(meaning: String, likelyCause: String, firstStep: String, link: String? = nil) {
        self.meaning = meaning
        self.likelyCause = likelyCause
        self.firstStep = firstStep
        self.link = link
    }
}
