import CCurl
import Foundation

/// Drives all transfers of one client; made on, used by and gone with one thread.
final class Driver {
    private let multi: MultiHandle
    private let queue: CommandQueue
    private let userAgent: String
    private var pool = SessionPool()
    /// By the address of the easy handle, which is all that libcurl tells of a finished transfer.
    private var active: [UnsafeMutableRawPointer: Transfer] = [:]
    private var isStopping = false

    init(queue: CommandQueue, userAgent: String, maximumConnections: Int) throws(CurlCode) {
        self.queue = queue
        self.userAgent = userAgent
        multi = try MultiHandle()
        multi.set(maximumConnections: maximumConnections)
    }

    /// Returns when it was told to stop and every caller has an answer.
    func run() {
        queue.attach(multi.waker)
        while true {
            queue.drain().forEach(obey)
            if isStopping { break }
            multi.perform()
            if takeFinished() { continue }
            // Sockets, time-outs and orders end the wait; a minute is as good as any other time without them.
            multi.wait(milliseconds: 60_000)
        }
        for transfer in active.values { end(transfer, with: .failure(transfer.exchange.cancellation)) }
        queue.close().forEach { Self.refuse($0) }
    }

    /// Answers whoever waits for an order that nobody will carry out.
    static func refuse(_ command: CommandQueue.Command, because code: CurlCode? = nil) {
        switch command {
        case .start(let exchange, let continuation):
            continuation.resume(returning: .failure(code.map(exchange.failure) ?? exchange.cancellation))
        case .answer(let continuation): continuation.resume()
        case .cancel, .forget, .keepConnections, .stop: break
        }
    }

    private func obey(_ command: CommandQueue.Command) {
        switch command {
        case .start(let exchange, let continuation): start(exchange, continuation)
        case .cancel(let exchange):
            // Absent if it was cancelled before it began, or has ended in the meantime.
            guard let transfer = active.values.first(where: { $0.exchange === exchange }) else { return }
            end(transfer, with: .failure(transfer.exchange.cancellation))
        case .forget(let session): pool.forget(session)
        case .keepConnections(let count): multi.set(maximumConnections: count)
        case .answer(let continuation): continuation.resume()
        case .stop: isStopping = true
        }
    }
    private func start(_ exchange: Exchange, _ continuation: CheckedContinuation<Exchange.Outcome, Never>) {
        guard !exchange.isCancelled, !isStopping else {
            return continuation.resume(returning: .failure(exchange.cancellation))
        }
        let easy: EasyHandle
        do throws(CurlCode) {
            easy = try pool.take(for: exchange.request.session)
        } catch {
            return continuation.resume(returning: .failure(exchange.failure(to: error)))
        }
        launch(Transfer(exchange, on: easy, userAgent: userAgent, continuation: continuation))
    }

    /// Begins the transfer's current hop.
    private func launch(_ transfer: Transfer) {
        do throws(CurlCode) {
            try transfer.prepare()
            try multi.add(transfer.easy)
            active[transfer.easy.pointer] = transfer
        } catch {
            transfer.finish(.failure(transfer.error(for: error.rawValue)))
        }
    }

    /// - Returns: whether any transfer had come to an end.
    private func takeFinished() -> Bool {
        var any = false
        while let (pointer, result) = multi.nextFinished() {
            any = true
            guard let transfer = active[pointer] else { continue }
            switch transfer.step(after: result) {
            case .finished(let outcome):
                end(transfer, with: outcome)
            case .again:
                multi.remove(transfer.easy)
                active[pointer] = nil
                launch(transfer)
            }
        }
        return any
    }

    private func end(_ transfer: Transfer, with outcome: Exchange.Outcome) {
        // Before the handle is removed, for then it forgets which connection it was on.
        if case .failure(.timeout) = outcome { abandonConnection(of: transfer) }
        multi.remove(transfer.easy)
        active[transfer.easy.pointer] = nil
        pool.giveBack(transfer.easy, to: transfer.exchange.request.session)
        transfer.finish(outcome)
    }

    /// Keeps a connection on which an answer was waited for in vain from being chosen again.
    ///
    /// libcurl closes an HTTP/1 connection whose transfer timed out, but of an HTTP/2 one it only ends the stream: a
    /// peer that hangs would be asked again on the same connection for ever. While other streams are open on it there
    /// is no such socket, and they go on.
    private func abandonConnection(of transfer: Transfer) {
        // libcurl owns the socket and closes it when it finds that the peer is gone.
        if let socket = transfer.easy.activeSocket { _ = shutdown(socket, Int32(SHUT_RDWR)) }
    }
}
