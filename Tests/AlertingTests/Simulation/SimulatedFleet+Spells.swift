import Alerting

/// What happens to single links.
extension SimulatedFleet {
    /// One spell after the other, none within 300 ticks of what the link has a part in.
    mutating func addLife(of place: Place, around causes: [Range<Int>]) {
        var tick = generator.number(100...3000)
        while tick < Self.ticks - 2500 {
            if let cause = causes.first(where: { $0.overlaps(tick - 300..<tick + 1300) }) {
                tick = cause.upperBound + 300
            } else {
                tick = addSpell(of: place, at: tick) + generator.number(250...5500)
            }
        }
    }

    /// Adds a spell of any kind, and gives the tick at which all is well again.
    private mutating func addSpell(of place: Place, at tick: Int) -> Int {
        switch generator.number(0...21) {
        case 17...18: addDeletion(of: place, at: tick)
        case 19: addFlapping(of: place, at: tick)
        case 20: addChatter(of: place, at: tick)
        case 21: addMaintenance(of: place, at: tick)
        case let number: addSpell(number, of: place, at: tick)
        }
    }

    /// One of those after which the link is the same as before; 17 kinds, some more often than others.
    mutating func addSpell(_ number: Int, of place: Place, at tick: Int) -> Int {
        switch number {
        case 0...5: return addError(of: place, in: tick..<tick + generator.number(2...240))
        case 6: return addError(of: place, in: tick..<tick + generator.number(300...900))
        case 7...8:
            let span = tick..<tick + generator.number(2...120)
            let (look, kind) = badState(of: place, in: span)
            show(look, of: place, in: span)
            incidents.append(TrueIncident([.init(kind, place, [span])]))
            return span.upperBound
        case 9...10: return addInterruptedError(of: place, at: tick)
        case 11...12:
            let span = tick..<tick + 1
            happened("blips")
            show(code(of: place, in: span), of: place, in: span)
            incidents.append(TrueIncident([.init(.linkError, place, [span])]))
            return span.upperBound
        case 13: return addHandover(of: place, at: tick)
        case 14: return addWorsening(of: place, at: tick)
        default: return addPause(of: place, at: tick)
        }
    }

    /// Perhaps with another code from the middle on, and perhaps somebody acknowledges it.
    private mutating func addError(of place: Place, in span: Range<Int>) -> Int {
        show(code(of: place, in: span), of: place, in: span)
        if generator.oneIn(3) {
            let later = code(of: place, in: span)
            show(later, of: place, in: span.lowerBound + span.count / 2..<span.upperBound)
        }
        if generator.oneIn(4) {
            happened("acknowledgements")
            acknowledgements[span.lowerBound + generator.number(5...60), default: []].append(place)
        }
        incidents.append(TrueIncident([.init(.linkError, place, [span])]))
        return span.upperBound
    }

    /// One good tick between is too few for it to be over.
    private mutating func addInterruptedError(of place: Place, at tick: Int) -> Int {
        let first = tick..<tick + generator.number(3...30)
        let second = first.upperBound + 1..<first.upperBound + 1 + generator.number(3...30)
        let look = code(of: place, in: first.lowerBound..<second.upperBound)
        for part in [first, second] { show(look, of: place, in: part) }
        incidents.append(TrueIncident([.init(.linkError, place, [first, second])]))
        return second.upperBound
    }

    /// A bad state to which an error comes, or which an error leaves behind, or both in turn at every tick: one trouble of the
    /// link all along.
    private mutating func addHandover(of place: Place, at tick: Int) -> Int {
        let isRestless = generator.oneIn(4)
        var parts = [tick..<tick + (isRestless ? 1 : generator.number(1...40))]
        for _ in 0..<(isRestless ? generator.number(2...20) : 1) {
            let start = parts.last?.upperBound ?? tick
            parts.append(start..<start + (isRestless ? 1 : generator.number(1...40)))
        }
        let span = tick..<(parts.last?.upperBound ?? tick)
        let state = badState(of: place, in: span)
        guard state.kind == .linkState else { return addPause(of: place, at: tick) }
        happened(isRestless ? "troubles that change their shape at every poll" : "troubles that change their shape")
        let error = (look: code(of: place, in: span), kind: AlertKind.linkError)
        let shapes = generator.oneIn(2) ? [state, error] : [error, state]
        let troubles = shapes.enumerated().map { number, shape in
            let shown = parts.enumerated().filter { $0.offset % 2 == number }.map(\.element)
            for part in shown { show(shape.look, of: place, at: part.lowerBound) }
            var trouble = TrueIncident.Trouble(shape.kind, place, shown)
            trouble.badSince = tick
            return trouble
        }
        show(.fine, of: place, at: span.upperBound)
        incidents.append(TrueIncident(troubles))
        return span.upperBound
    }

    private mutating func addWorsening(of place: Place, at tick: Int) -> Int {
        let middle = tick + generator.number(4...60)
        let span = tick..<middle + generator.number(2...120)
        happened("worsenings")
        show(code(of: place, in: span, isMild: true), of: place, in: span)
        show(code(of: place, in: span), of: place, in: middle..<span.upperBound)
        incidents.append(TrueIncident([.init(.linkError, place, [span])], worsensAt: middle))
        return span.upperBound
    }

    mutating func addPause(of place: Place, at tick: Int) -> Int {
        happened("pauses")
        let span = tick..<tick + generator.number(5...500)
        show(.paused, of: place, in: span)
        return span.upperBound
    }

    /// Perhaps in the middle of an error, and perhaps the next link of the name is in error, too.
    private mutating func addDeletion(of place: Place, at tick: Int) -> Int {
        happened("deletions")
        var gone = tick
        if generator.oneIn(2) {
            gone = tick + generator.number(2...60)
            show(code(of: place, in: tick..<gone), of: place, in: tick..<gone)
            incidents.append(TrueIncident([.init(.linkError, place, [tick..<gone], isDeleted: true)]))
        }
        let back = gone + generator.number(3...200)
        show(.gone, of: place, in: gone..<back)
        if Self.expected.contains(place.link) {
            incidents.append(TrueIncident([.init(.linkMissing, place, [gone..<back])]))
        }
        lives[place, default: 0] += 1
        let end = back + (generator.oneIn(2) ? generator.number(2...60) : 0)
        // From here on it is the next link, be it well or not.
        show(.fine, of: place, at: back)
        guard end > back else { return back }
        show(code(of: place, in: back..<end), of: place, in: back..<end)
        incidents.append(TrueIncident([.init(.linkError, place, [back..<end])]))
        return end
    }

    /// Bad for three ticks and good for three, over and over: the first two bursts are told each, and from the resolve that
    /// would be the sixth crossing on it is one incident.
    private mutating func addFlapping(of place: Place, at tick: Int) -> Int {
        let bursts = generator.number(4...8)
        let span = tick..<tick + 6 * bursts + 70
        guard isClear(place.cluster, in: span) else { return addPause(of: place, at: tick) }
        happened("flapping links")
        steady[place.cluster].append(span)
        let look = code(of: place, in: span)
        let parts = (0..<bursts).map { tick + 6 * $0..<tick + 6 * $0 + 3 }
        for part in parts { show(look, of: place, in: part) }
        for part in parts.prefix(2) { incidents.append(TrueIncident([.init(.linkError, place, [part])])) }
        incidents.append(TrueIncident([.init(.linkError, place, Array(parts.dropFirst(2)))]))
        return span.upperBound
    }

    /// Bad at every other tick: never seen twice without a break.
    private mutating func addChatter(of place: Place, at tick: Int) -> Int {
        let span = tick..<tick + 22
        guard isClear(place.cluster, in: span) else { return addPause(of: place, at: tick) }
        happened("links bad at every other poll")
        steady[place.cluster].append(span)
        let look = code(of: place, in: span)
        for blip in 0..<10 {
            let part = tick + 2 * blip..<tick + 2 * blip + 1
            show(look, of: place, in: part)
            incidents.append(TrueIncident([.init(.linkError, place, [part])]))
        }
        return span.upperBound
    }

    /// Somebody works on the link and has said so before; perhaps it is still broken afterwards.
    private mutating func addMaintenance(of place: Place, at tick: Int) -> Int {
        let span = tick..<tick + generator.number(250...400)
        let outlasts = generator.oneIn(3)
        happened(outlasts ? "silences outlasted" : "silences")
        show(code(of: place, in: span), of: place, in: span)
        let silence = tick - 30..<(outlasts ? span.upperBound - 120 : span.upperBound + 120)
        incidents.append(TrueIncident([.init(.linkError, place, [span])], silence: silence))
        return max(span.upperBound, silence.upperBound)
    }
}
