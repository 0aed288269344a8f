/// What an error episode is about: one `link_error`, or, where there is none, one bad `link_state` (truth rule 14).
package enum Trouble: Sendable, Hashable {
    case error(LinkErrorCode)
    case state(LinkState)

    package init?(of content: LinkContent) {
        if let error = content.error {
            self = .error(error)
        } else if let state = content.state, state.isBad {
            self = .state(state)
        } else {
            return nil
        }
    }

    package var error: LinkErrorCode? {
        if case .error(let code) = self { code } else { nil }
    }

    package var state: LinkState? {
        if case .state(let state) = self { state } else { nil }
    }
}
