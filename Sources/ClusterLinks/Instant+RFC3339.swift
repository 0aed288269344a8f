extension Instant: CustomStringConvertible {
    /// RFC 3339 in UTC with milliseconds: `2026-11-22T18:39:11.042Z`.
    package var description: String {
        var bytes: [UInt8] = []
        write(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends what `description` says, of which answers hold thousands.
    package func write(into bytes: inout [UInt8]) {
        let (days, time) = milliseconds.floored(by: Self.millisecondsPerDay)
        let date = CivilDate(daysSinceEpoch: days)
        Self.write(date.year, digits: 4, "-", into: &bytes)
        Self.write(date.month, digits: 2, "-", into: &bytes)
        Self.write(date.day, digits: 2, "T", into: &bytes)
        Self.write(time / 3_600_000, digits: 2, ":", into: &bytes)
        Self.write(time / 60_000 % 60, digits: 2, ":", into: &bytes)
        Self.write(time / 1000 % 60, digits: 2, ".", into: &bytes)
        Self.write(time % 1000, digits: 3, "Z", into: &bytes)
    }

    /// Reads an RFC 3339 date-time (§5.6) with any offset; nil for anything else, also for days that no calendar has.
    ///
    /// Digits past the millisecond are cut off, and a leap second (`:60`) is the second after it.
    package init?(rfc3339 text: String) {
        var scanner = DigitScanner(text.utf8)
        guard let year = scanner.number(digits: 4), scanner.take("-"),
            let month = scanner.number(digits: 2), scanner.take("-"),
            let day = scanner.number(digits: 2), scanner.take("T") || scanner.take("t") || scanner.take(" "),
            let hour = scanner.number(digits: 2), scanner.take(":"),
            let minute = scanner.number(digits: 2), scanner.take(":"),
            let second = scanner.number(digits: 2),
            hour < 24, minute < 60, second <= 60, let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        var fraction: Int64 = 0
        if scanner.take(".") {
            guard let value = scanner.milliseconds() else { return nil }
            fraction = value
        }
        guard let offset = scanner.offsetInMinutes(), scanner.isAtEnd else { return nil }
        let seconds = hour * 3600 + (minute - offset) * 60 + second
        self.init(milliseconds: date.daysSinceEpoch * Self.millisecondsPerDay + seconds * 1000 + fraction)
    }

    private static let millisecondsPerDay: Int64 = 86_400_000

    /// Appends a number with zeros before it, and what follows it; a year past 9999 takes the digits it needs.
    private static func write(_ number: Int64, digits: Int, _ end: Unicode.Scalar, into bytes: inout [UInt8]) {
        if number < 0 || number >= 10_000 {
            bytes.append(contentsOf: String(number).utf8)
        } else {
            var weight: Int64 = digits == 4 ? 1000 : digits == 3 ? 100 : 10
            while weight > 0 {
                bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / weight % 10))
                weight /= 10
            }
        }
        bytes.append(UInt8(ascii: end))
    }
}

/// A day of the proleptic Gregorian calendar.
private struct CivilDate {
    let year: Int64
    let month: Int64
    let day: Int64

    init?(year: Int64, month: Int64, day: Int64) {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths: [Int64] = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...12).contains(month), day >= 1, day <= lengths[Int(month) - 1] else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Years are taken to begin in March, so that the leap day is the last of its year, and gathered in eras of 400.
    init(daysSinceEpoch: Int64) {
        let (era, dayOfEra) = (daysSinceEpoch + Self.daysFromMarchOfYear0).floored(by: Self.daysPerEra)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    }

    var daysSinceEpoch: Int64 {
        let (era, yearOfEra) = (month <= 2 ? year - 1 : year).floored(by: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * Self.daysPerEra + dayOfEra - Self.daysFromMarchOfYear0
    }

    private static let daysPerEra: Int64 = 146_097
    private static let daysFromMarchOfYear0: Int64 = 719_468
}

private struct DigitScanner {
    private var rest: String.UTF8View.SubSequence

    init(_ text: String.UTF8View) { rest = text[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    mutating func number(digits: Int) -> Int64? {
        var value: Int64 = 0
        for _ in 0..<digits {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    mutating func milliseconds() -> Int64? {
        guard let first = digit() else { return nil }
        var value = first * 100
        var weight: Int64 = 10
        while let digit = digit() {
            value += digit * weight
            weight /= 10
        }
        return value
    }

    mutating func offsetInMinutes() -> Int64? {
        if take("Z") || take("z") { return 0 }
        let sign: Int64 = take("+") ? 1 : take("-") ? -1 : 0
        guard sign != 0, let hours = number(digits: 2), take(":"), let minutes = number(digits: 2),
            hours < 24, minutes < 60
        else { return nil }
        return sign * (hours * 60 + minutes)
    }

    private mutating func digit() -> Int64? {
        guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        rest.removeFirst()
        return Int64(byte - UInt8(ascii: "0"))
    }
}

extension Int64 {
    /// Quotient and remainder with the remainder never below zero.
    fileprivate func floored(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
