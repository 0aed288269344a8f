import ArgumentParser
import LinkWatch

@main
struct Main {
    static func main() async {
        Version.revision = builtFrom
        await LinkWatchCommand.main()
    }
}
