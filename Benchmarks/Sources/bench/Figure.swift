import Foundation

extension Double {
    /// With so many digits after the point, however the machine's region writes numbers.
    func text(_ digits: Int) -> String { String(format: "%.\(digits)f", self) }
}
