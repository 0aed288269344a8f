import Foundation
import PackagePlugin

/// Writes the commit that is built into the executable's own module: the door alone is compiled anew with each commit.
///
/// `Context.gitInformation` would be shorter, but SwiftPM remembers it with the manifest and tells an earlier commit.
@main
struct Revision: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let root = context.package.directoryURL
        let source = context.pluginWorkDirectoryURL.appending(path: "Revision.swift")
        let script = root.appending(path: "Scripts/revision")
        return [
            .buildCommand(
                displayName: "Telling the commit",
                executable: script,
                arguments: [source.path],
                inputFiles: [script, root.appending(path: "Package.swift")] + history(of: root) + sources(of: root),
                outputFiles: [source]
            )
        ]
    }

    /// What git writes to whenever another commit is checked out or made (gitrepository-layout(5)).
    private func history(of root: URL) -> [URL] {
        var folder = root.appending(path: ".git")
        // A linked working tree has a file that names the folder.
        if let text = try? String(contentsOf: folder, encoding: .utf8), text.hasPrefix("gitdir: ") {
            let path = text.dropFirst("gitdir: ".count).trimmingCharacters(in: .whitespacesAndNewlines)
            folder = URL(filePath: path, relativeTo: root)
        }
        return [folder.appending(path: "logs/HEAD"), folder.appending(path: "HEAD")].filter {
            FileManager.default.fileExists(atPath: $0.path)
        }
    }

    /// A change to any of them makes the tree another than the commit.
    private func sources(of root: URL) -> [URL] {
        ["Sources", "Plugins"].flatMap { folder -> [URL] in
            let folder = root.appending(path: folder)
            let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
            return files?.compactMap { $0 as? URL }.filter {
                (try? $0.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile ?? false
            } ?? []
        }
    }
}
