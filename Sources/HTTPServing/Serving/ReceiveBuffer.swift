/// The memory an event loop receives into; connections own bytes only while they wait for more of a request.
final class ReceiveBuffer {
    let bytes: UnsafeMutableRawBufferPointer

    init(size: Int) {
        bytes = .allocate(byteCount: size, alignment: 64)
    }

    deinit {
        bytes.deallocate()
    }
}
