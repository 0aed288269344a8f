import ArgumentParser
import LinkWatch
import Querying

@main
struct Main {
    static func main() async {
        // Somebody's statement gets a process in which nothing else was done.
        QueryProcess.runIfAsked(CommandLine.arguments)
        StandardStream.holdPlaces()
        Version.revision = builtFrom
        await LinkWatchCommand.main()
    }
}
