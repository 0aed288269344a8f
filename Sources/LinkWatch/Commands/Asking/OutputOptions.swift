import ArgumentParser
import Console
import Foundation

/// How answers are written.
struct OutputOptions: ParsableArguments {
    enum Form: String, CaseIterable, ExpressibleByArgument { case table, json, csv }

    @Option(help: "table for people, json or csv for programs.")
    var output = Form.table

    @Option(help: "auto, always or never; auto colours on a terminal only, where NO_COLOR is not set.")
    var color = PaintChoice.auto

    var paint: Paint {
        color.paint(isTerminal: Terminal.isOutput, environment: ProcessInfo.processInfo.environment)
    }
}

extension PaintChoice: ExpressibleByArgument {}

/// Whether an answer is asked for again and again.
struct WatchOptions: ParsableArguments {
    @Flag(help: "Asks again and again until Control-C, and shows the newest answer in the place of the last.")
    var watch = false

    @Option(help: ArgumentHelp("How long --watch waits between two answers.", valueName: "duration"))
    var every = LengthOfTime(.seconds(2))

    func validate() throws {
        guard every.duration >= .milliseconds(100) else { throw ValidationError("--every takes 100ms or more") }
    }
}
