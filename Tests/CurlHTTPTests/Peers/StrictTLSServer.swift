import Foundation

/// The openssl command as a server that refuses clients without a certificate in TLS itself, where nginx is polite
/// enough to answer with a status.
enum StrictTLSServer {
    /// Lends its address.
    /// - Parameter certificate: shown instead of the usual one, to anybody.
    static func with(
        _ certificates: Certificates,
        showing certificate: String? = nil,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (String) async throws -> Void
    ) async throws {
        let openssl = try TestProgram("openssl", package: "openssl")
        let output = Pipe()
        let child = try openssl.start(
            [
                "s_server", "-accept", "127.0.0.1:0", "-cert", certificate ?? certificates.server,
                "-key", certificates.key, "-CAfile", certificates.authority, "-www",
            ] + (certificate == nil ? ["-Verify", "1", "-verify_return_error"] : []),
            log: certificates.folder.appending(path: "s_server.log"),
            output: output.fileHandleForWriting
        )
        do {
            try output.fileHandleForWriting.close()
            try await body("https://127.0.0.1:\(try await port(saidOn: output.fileHandleForReading))/")
        } catch {
            await child.end(by: SIGKILL)
            throw error
        }
        await child.end(by: SIGKILL)
    }

    /// It says `ACCEPT 127.0.0.1:PORT` when it listens.
    private static func port(saidOn output: FileHandle) async throws -> UInt16 {
        let said: String = await withCheckedContinuation { continuation in
            Thread {
                var text = ""
                while !text.contains(/ACCEPT .*\n/) {
                    let piece = output.availableData
                    if piece.isEmpty { break }
                    text += String(decoding: piece, as: UTF8.self)
                }
                continuation.resume(returning: text)
            }.start()
        }
        guard let match = said.firstMatch(of: /ACCEPT .*:([0-9]+)\n/), let port = UInt16(match.1) else {
            throw TestProgram.Failure(description: "openssl s_server does not listen: \(said)")
        }
        return port
    }
}
