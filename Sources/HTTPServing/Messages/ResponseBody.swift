/// What follows an answer's fields.
package enum ResponseBody: Sendable {
    /// Nothing.
    case empty
    /// These bytes.
    case bytes([UInt8])
    /// What the closure writes, in a task of the server's.
    ///
    /// Without a length it is sent in chunks (or, to HTTP/1.0, ended by closing). Returning before a declared length was
    /// written, or throwing, closes the connection, so that the peer sees a truncated body; throwing ``ConnectionAbort``
    /// resets it. The closure is not called for HEAD.
    case stream(contentLength: Int? = nil, @Sendable (BodyWriter) async throws -> Void)
    /// Finished bytes, of which the server picks by `If-None-Match` and `Accept-Encoding`.
    case representation(Representation)
}
