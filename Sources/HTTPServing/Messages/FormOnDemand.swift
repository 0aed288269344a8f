import Locking

/// A form of a representation that is made when it is first asked for, once for all who ask.
final class FormOnDemand: Sendable {
    private enum State {
        case unmade(@Sendable () -> RepresentationForm?)
        case making([CheckedContinuation<Void, Never>])
        /// Nil where there is no such form: it would not be smaller than the plain one.
        case settled(RepresentationForm?)
    }

    private let state: Locked<State>

    init(_ form: RepresentationForm) { state = Locked(.settled(form)) }

    /// - Parameter make: may take about 15 ms for each megabyte.
    init(_ make: @escaping @Sendable () -> RepresentationForm?) { state = Locked(.unmade(make)) }

    /// The form; nil where it is not made, or where there is none.
    var made: RepresentationForm? {
        state.withLock { if case .settled(let form) = $0 { form } else { nil } }
    }

    /// Whether `settle()` has nothing to do.
    var isSettled: Bool {
        state.withLock { if case .settled = $0 { true } else { false } }
    }

    /// Makes the form, or waits until whoever makes it already has done so; never on an event queue.
    @concurrent
    func settle() async {
        let make = state.withLock { state -> (@Sendable () -> RepresentationForm?)? in
            guard case .unmade(let make) = state else { return nil }
            state = .making([])
            return make
        }
        guard let make else { return await settled() }
        let form = make()
        let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            defer { state = .settled(form) }
            guard case .making(let waiters) = state else { return [] }
            return waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    private func settled() async {
        await withCheckedContinuation { continuation in
            let isSettled = state.withLock { state in
                guard case .making(let waiters) = state else { return true }
                state = .making(waiters + [continuation])
                return false
            }
            if isSettled { continuation.resume() }
        }
    }
}
