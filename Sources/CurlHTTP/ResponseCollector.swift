import CCurl

/// Gathers one hop's answer as libcurl delivers it, and stops libcurl where it grows past its cap.
final class ResponseCollector {
    /// More than any honest server sends in front of a body.
    static let maximumHeaderSize = 256 * 1024

    private(set) var headers: [CurlHeader] = []
    private(set) var body: [UInt8] = []
    /// What grew too large, in words.
    private(set) var excess: String?
    /// The body ends here because there is no room for more of it.
    private(set) var bodyIsCut = false
    private let maximumBodySize: Int
    private let cutsBody: Bool
    private var headerSize = 0

    init(for request: CurlRequest) {
        maximumBodySize = request.maximumBodySize
        cutsBody = request.cutsBody
    }

    /// Takes one header line, or the status line that begins a head.
    ///
    /// - Returns: false to end the transfer.
    func receive(headerLine bytes: UnsafeRawBufferPointer) -> Bool {
        headerSize += bytes.count
        guard headerSize <= Self.maximumHeaderSize else {
            excess = "headers of more than \(Self.maximumHeaderSize) bytes"
            return false
        }
        let line = String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            // Only the last head counts: those before it are interim answers (RFC 9110 section 15.2).
            headers.removeAll()
        } else if let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...]
            headers.append(CurlHeader(String(line[..<colon]), String(value.trimmingHTTPSpace)))
        }
        return true
    }

    /// Takes a piece of the body, already decompressed.
    ///
    /// - Returns: false to end the transfer.
    func receive(bodyPart bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count <= maximumBodySize - body.count else {
            if cutsBody {
                body.append(contentsOf: bytes.prefix(maximumBodySize - body.count))
                bodyIsCut = true
            } else {
                excess = "a body of more than \(maximumBodySize) bytes"
            }
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }
}

extension EasyHandle {
    /// Delivers head and body to a collector, which must live until the transfer has ended.
    ///
    /// - SeeAlso: https://curl.se/libcurl/c/CURLOPT_WRITEFUNCTION.html,
    ///   https://curl.se/libcurl/c/CURLOPT_HEADERFUNCTION.html
    func set(collector: ResponseCollector) throws(CurlCode) {
        let context = Unmanaged.passUnretained(collector).toOpaque()
        try CurlCode.check(linkwatch_curl_set_pointer(pointer, CURLOPT_WRITEDATA, context))
        try CurlCode.check(linkwatch_curl_set_pointer(pointer, CURLOPT_HEADERDATA, context))
        try CurlCode.check(
            linkwatch_curl_set_data_callback(pointer, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
                ResponseCollector.accept(bytes, size * count, context) { $0.receive(bodyPart: $1) }
            }
        )
        try CurlCode.check(
            linkwatch_curl_set_data_callback(pointer, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
                ResponseCollector.accept(bytes, size * count, context) { $0.receive(headerLine: $1) }
            }
        )
    }
}

extension ResponseCollector {
    /// The number that tells libcurl whether to go on: all bytes taken, or CURL_WRITEFUNC_ERROR.
    fileprivate static func accept(
        _ bytes: UnsafeMutablePointer<CChar>?,
        _ count: Int,
        _ context: UnsafeMutableRawPointer?,
        by receive: (ResponseCollector, UnsafeRawBufferPointer) -> Bool
    ) -> Int {
        guard let context else { return -1 }
        let collector = Unmanaged<ResponseCollector>.fromOpaque(context).takeUnretainedValue()
        return receive(collector, UnsafeRawBufferPointer(start: bytes, count: count)) ? count : -1
    }
}

extension Substring {
    fileprivate var trimmingHTTPSpace: Substring {
        var rest = self
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return rest.drop { $0.isWhitespace }
    }
}
