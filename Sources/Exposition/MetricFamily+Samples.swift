extension MetricFamily {
    /// Appends the samples, which both formats write alike.
    package func writeSamples(into bytes: inout [UInt8]) {
        for sample in samples {
            bytes.append(contentsOf: name.utf8)
            bytes.append(contentsOf: sample.suffix.utf8)
            if !sample.labels.isEmpty {
                bytes.append(UInt8(ascii: "{"))
                for (index, label) in sample.labels.enumerated() {
                    if index > 0 { bytes.append(UInt8(ascii: ",")) }
                    bytes.append(contentsOf: label.name.utf8)
                    bytes.append(contentsOf: "=\"".utf8)
                    ExpositionFormat.writeEscaped(label.value, quotes: true, into: &bytes)
                    bytes.append(UInt8(ascii: "\""))
                }
                bytes.append(UInt8(ascii: "}"))
            }
            bytes.append(UInt8(ascii: " "))
            bytes.append(contentsOf: ExpositionFormat.text(of: sample.value).utf8)
            bytes.append(UInt8(ascii: "\n"))
        }
    }
}
