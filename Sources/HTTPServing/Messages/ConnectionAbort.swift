/// Thrown by a handler or a stream to reset the connection without (or in the middle of) an answer.
package struct ConnectionAbort: Error {
    /// Makes the error.
    package init() {}
}
