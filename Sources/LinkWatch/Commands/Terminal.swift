/// Where commands speak to people.
enum Terminal {
    static func say(_ text: String) { StandardStream.output.write(text + "\n") }

    static func complain(_ text: String) { StandardStream.error.write(text + "\n") }
}
