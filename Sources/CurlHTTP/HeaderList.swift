import CCurl

/// Owner of one `curl_slist`: the header lines of a request, alive for as long as a handle may read them.
final class HeaderList {
    private(set) var pointer: UnsafeMutablePointer<curl_slist>?

    init(_ lines: [String]) throws(CurlCode) {
        for line in lines {
            guard let longer = curl_slist_append(pointer, line) else {
                throw CurlCode(rawValue: CURLE_OUT_OF_MEMORY)
            }
            pointer = longer
        }
    }

    deinit {
        curl_slist_free_all(pointer)
    }
}
