import ArgumentParser
import LinkWatch

@main
struct Main {
    static func main() async { await LinkWatchCommand.main() }
}
