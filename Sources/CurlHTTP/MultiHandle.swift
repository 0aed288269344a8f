import CCurl

/// Owner of one `CURLM` handle: all transfers in flight, and the connections kept between them.
///
/// Not safe to use from two threads at once, but for its `waker`.
final class MultiHandle {
    private let pointer: UnsafeMutableRawPointer

    /// Ends a `wait` from any thread, for as long as the handle lives (https://curl.se/libcurl/c/curl_multi_wakeup.html).
    // Unchecked: the pointer is only given to `curl_multi_wakeup`, the one function that libcurl lets another thread call.
    struct Waker: @unchecked Sendable {
        fileprivate let pointer: UnsafeMutableRawPointer

        func wake() {
            // It fails only where the wake-up pipe is full, and then the wait ends anyway.
            _ = curl_multi_wakeup(pointer)
        }
    }

    init() throws(CurlCode) {
        try CurlCode.check(CurlLibrary.ready)
        guard let pointer = curl_multi_init() else { throw CurlCode(rawValue: CURLE_OUT_OF_MEMORY) }
        self.pointer = pointer
    }

    deinit {
        curl_multi_cleanup(pointer)
    }

    var waker: Waker { Waker(pointer: pointer) }

    /// Connections kept open between transfers.
    ///
    /// - SeeAlso: https://curl.se/libcurl/c/CURLMOPT_MAXCONNECTS.html
    func set(maximumConnections: Int) {
        // No value of the right type can be refused.
        _ = linkwatch_curl_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, max(1, maximumConnections))
    }

    func add(_ easy: EasyHandle) throws(CurlCode) {
        guard curl_multi_add_handle(pointer, easy.pointer) == CURLM_OK else {
            throw CurlCode(rawValue: CURLE_FAILED_INIT)
        }
    }

    /// Ends the transfer if it is not over yet.
    func remove(_ easy: EasyHandle) {
        // A handle that is not ours is the only thing it refuses.
        _ = curl_multi_remove_handle(pointer, easy.pointer)
    }

    /// Does all that can be done without waiting.
    func perform() {
        var running: Int32 = 0
        // Failures of transfers come with `nextFinished`; of the handle itself there is only a lack of memory,
        // which the transfers' own time-outs outlive.
        _ = curl_multi_perform(pointer, &running)
    }

    /// A transfer that is over, each told once.
    func nextFinished() -> (easy: UnsafeMutableRawPointer, result: CURLcode)? {
        var result = CURLE_OK
        guard let easy = linkwatch_curl_multi_next_finished(pointer, &result) else { return nil }
        return (easy, result)
    }

    /// Sleeps until a socket, a time-out of a transfer or the waker asks for work, at the longest `milliseconds`.
    func wait(milliseconds: Int32) {
        _ = curl_multi_poll(pointer, nil, 0, milliseconds, nil)
    }
}
