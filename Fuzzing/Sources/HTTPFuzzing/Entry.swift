/// What libFuzzer calls with each input (https://llvm.org/docs/LibFuzzer.html#fuzz-target).
///
/// An input is raw bytes without a header of the fuzzer's own, so a seed or a finding can be read, and sent to any server.
/// What the properties choose at random (splits, limits) they choose by the input's hash: the same input does the same.
@c(LLVMFuzzerTestOneInput)
public func takeInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    StreamProperties.check(input)
    // As a single value a longer input says nothing new, and costs time.
    guard count <= 128 else { return 0 }
    PathProperties.check(input)
    QueryProperties.check(input)
    AuthorityProperties.check(input)
    EncodingProperties.check(input)
    EntityTagProperties.check(input)
    return 0
}
