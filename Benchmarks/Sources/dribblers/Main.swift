import Foundation
import LoopbackLoad

/// `dribblers PORT COUNT`: so many clients that send a byte a second, until it is ended.
@main
struct Main {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst().map { Int($0) }
        guard arguments.count == 2, let port = arguments[0].flatMap(UInt16.init(exactly:)), let count = arguments[1],
            (1...100_000).contains(count)
        else {
            FileHandle.standardError.write(Data("usage: dribblers PORT COUNT\n".utf8))
            exit(64)
        }
        try OpenFiles.allow(atLeast: count + 16)
        var crowd = DribblingCrowd(count: count, port: port)
        try crowd.run()
    }
}
