import Foundation
import LoopbackLoad
import Measuring

/// A server that is measured: where it listens and what it costs.
struct Server {
    let name: String
    let port: UInt16
    /// Every process whose time counts.
    let pids: [Int32]

    func answer(to request: RequestText) throws -> Answer {
        try LoopbackSocket(port: port).answer(to: request.bytes(port: port))
    }

    /// Lets wrk ask for that long, and takes what it cost.
    func round(asking request: RequestText, seconds: Int) throws -> Round {
        let clock = ProcessorClock(pids: pids)
        let before = try clock.read()
        let report = try Wrk.run(port: port, request: request, seconds: seconds)
        return Round(
            requests: report.requests,
            duration: report.duration,
            processor: try clock.read() - before
        )
    }

    /// Resident memory that no other process shares, in bytes.
    func privateMemory() throws -> Int {
        try pids.reduce(0) { sum, pid in
            let text = try String(contentsOfFile: "/proc/\(pid)/smaps_rollup", encoding: .utf8)
            return sum + (try MemoryRollup(parsing: text).privateBytes)
        }
    }
}
