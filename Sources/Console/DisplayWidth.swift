extension Character {
    /// How many columns of a terminal it takes: two for what East Asian typography and emoji draw wide, none for a mark alone.
    ///
    /// The ranges are those of Unicode Standard Annex #11 (W and F) without emoji, which know their presentation themselves.
    package var displayWidth: Int {
        // Nearly all there is.
        if let ascii = asciiValue { return ascii < 0x20 || ascii == 0x7F ? 0 : 1 }
        guard let first = unicodeScalars.first else { return 0 }
        if first.isWide || unicodeScalars.contains("\u{FE0F}") && first.properties.isEmoji { return 2 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .control, .format: return 0
        default: return 1
        }
    }
}

extension String {
    /// How many columns of a terminal it takes.
    package var displayWidth: Int { reduce(0) { $0 + $1.displayWidth } }

    /// As much of it as goes into so many columns, with an ellipsis in the last where something is cut off.
    package func truncated(to width: Int) -> String {
        guard displayWidth > width else { return self }
        guard width > 0 else { return "" }
        var (text, used) = ("", 0)
        for character in self {
            guard used + character.displayWidth <= width - 1 else { break }
            text.append(character)
            used += character.displayWidth
        }
        while text.last == " " { text.removeLast() }
        return text + "…"
    }
}

extension Unicode.Scalar {
    fileprivate var isWide: Bool {
        switch value {
        case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0xA4CF,
            0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
            0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF, 0x20000...0x3FFFD:
            true
        default: properties.isEmojiPresentation
        }
    }
}
