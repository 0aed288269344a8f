/// What an observation made of one link, in the order in which it has to be kept.
package enum LinkEvent: Sendable, Hashable {
    /// A version begins where none was open; `baseline` at the very first list of the cluster.
    case appeared(TrackedLink, baseline: Bool)
    /// The open version ends and the next begins; `fields` in order of the alphabet.
    case changed(TrackedLink, from: LinkContent, fields: [String])
    /// The open version knows more than before, which is no change: the first reading of the tasks.
    case completed(TrackedLink)
    /// A link known by name only has got the id that the server now sends, which is no change either (truth rule 5).
    case adopted(TrackedLink, from: LinkIdentity)
    /// The open version ends, and the link with it.
    case vanished(TrackedLink)
    case episodeBegan(OpenEpisode, of: LinkIdentity)
    case episodeToldMessage(String, of: LinkIdentity)
    case episodeEnded(OpenEpisode, of: LinkIdentity)
}
