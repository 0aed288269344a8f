import LinkWatch

@main
struct Main {
    static func main() {}
}
