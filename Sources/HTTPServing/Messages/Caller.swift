/// Who a gate found to be asking, for the handler behind it: the server hands it on unread.
package protocol Caller: Sendable {}
