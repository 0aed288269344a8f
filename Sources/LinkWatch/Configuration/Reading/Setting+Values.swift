import ClusterLinks

/// The kinds of values that many keys share.
extension Setting {
    /// Text that says something: not empty, no control characters, not too long for a label or a log line.
    func word() -> String? {
        parsed { text throws(Refusal) in
            guard !text.isEmpty else { throw Refusal("must not be empty", quotes: false) }
            guard text.utf8.count <= 1024 else { throw Refusal("is longer than 1024 bytes") }
            guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
                throw Refusal("holds a control character")
            }
            return text
        }
    }

    /// YAML 1.2's two words (§10.2.1.2): `yes`, `on` and their like are refused, with the right one named.
    func flag() -> Bool? {
        parsed { text throws(Refusal) in
            switch text {
            case "true": return true
            case "false": return false
            default:
                let meaning = ["yes": "true", "on": "true", "no": "false", "off": "false"][text.lowercased()]
                throw Refusal("expected true or false", suggestion: meaning)
            }
        }
    }

    func integer(in range: ClosedRange<Int>) -> Int? {
        parsed { text throws(Refusal) in
            guard let value = Int(text), text.first != "+" else { throw Refusal("expected a whole number") }
            guard range.contains(value) else {
                throw Refusal("must be between \(range.lowerBound) and \(range.upperBound)")
            }
            return value
        }
    }

    func duration(in range: ClosedRange<Duration>) -> Duration? {
        parsed { text throws(Refusal) in
            let value = try DurationText.read(text)
            guard value >= range.lowerBound else {
                throw Refusal("must be at least \(DurationText.format(range.lowerBound))")
            }
            guard value <= range.upperBound else {
                throw Refusal("must be at most \(DurationText.format(range.upperBound))")
            }
            return value
        }
    }

    func size(in range: ClosedRange<Int>) -> Int? {
        parsed { text throws(Refusal) in
            let value = try SizeText.parse(text)
            guard value >= range.lowerBound else {
                throw Refusal("must be at least \(SizeText.format(range.lowerBound))")
            }
            guard value <= range.upperBound else {
                throw Refusal("must be at most \(SizeText.format(range.upperBound))")
            }
            return value
        }
    }

    /// One word of a closed set.
    func choice<Choice: RawRepresentable<String> & CaseIterable>(of type: Choice.Type) -> Choice? {
        parsed { text throws(Refusal) in
            if let choice = Choice(rawValue: text) { return choice }
            let words = Choice.allCases.map(\.rawValue)
            throw Refusal(
                "expected \(words.dropLast().joined(separator: ", ")) or \(words.last ?? "")",
                suggestion: EditDistance.nearest(to: text, among: words)
            )
        }
    }

    /// Names to texts, as Prometheus has them.
    func labels(check: (String) throws(Refusal) -> Void) -> [String: String] {
        var labels: [String: String] = [:]
        for (name, position, setting) in section()?.all ?? [] {
            do throws(Refusal) {
                try check(name)
                labels[name] = setting.word()
            } catch {
                reading.refuse(error.sentence, at: position, setting.path)
            }
        }
        return labels
    }

    /// A file that can be read now, its path made absolute or relative to the working folder.
    func readableFile() -> String? {
        guard let name = word() else { return nil }
        let path = reading.resolved(name)
        do throws(BoundedFile.Failure) {
            _ = try BoundedFile.read(path, limit: SourceText.maximumBytes, regularOnly: true)
            return path
        } catch {
            refuse("cannot read \(Excerpt.shortened(path)): \(error)")
            return nil
        }
    }
}
