import Foundation
import Testing

@testable import LinkWatch

/// What is shipped for Kubernetes and containers, where it names what exists elsewhere.
@Suite(.timeLimit(.minutes(1)))
struct ManifestTests {
    private static let deploy = LitestreamConfigurationTests.repository.appending(path: "deploy")
    private static let folder = deploy.appending(path: "kubernetes")

    private func text(_ name: String) throws -> String {
        try String(contentsOf: Self.deploy.appending(path: name), encoding: .utf8)
    }

    private func manifest(_ name: String) throws -> YAMLNode {
        let file = Self.folder.appending(path: name + ".yaml")
        let reading = ConfigurationReading(file: file.lastPathComponent, environment: [:])
        var parsing = YAMLParsing(try SourceText(Array(Data(contentsOf: file))))
        var composer = YAMLComposer(try parsing.parse(), reading: reading)
        let root = composer.compose()
        return try #require(root)
    }

    private func container() throws -> YAMLNode {
        try #require(try manifest("deployment")["spec", "template", "spec", "containers"]?.items.first)
    }

    @Test func `every file is applied`() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        let kustomization = try manifest("kustomization")
        let resources = try #require(kustomization["resources"]).items.compactMap(\.text)
        #expect(Set(resources + ["kustomization.yaml"]) == Set(files))
        #expect(kustomization["apiVersion"]?.text == "kustomize.config.k8s.io/v1beta1")
        let images = try #require(kustomization["images"]).items
        #expect(images.map { $0["name"]?.text } == [try container()["image"]?.text])
        #expect(images.map { $0["newTag"]?.text } == [Version.text])
    }

    /// The operator's own description of a ServiceMonitor is no part of Kubernetes' schemas: these are its keys.
    @Test func `the monitor scrapes the service's port with a token that the configuration knows`() throws {
        let monitor = try manifest("servicemonitor")
        #expect(monitor.keys == ["apiVersion", "kind", "metadata", "spec"])
        #expect(monitor["apiVersion"]?.text == "monitoring.coreos.com/v1")
        #expect(monitor["spec"]?.keys == ["selector", "endpoints"])
        let endpoint = try #require(monitor["spec", "endpoints"]?.items.first)
        #expect(endpoint.keys == ["port", "path", "interval", "scrapeTimeout", "authorization"])
        #expect(endpoint["authorization"]?.keys == ["type", "credentials"])
        let port = try #require(try manifest("service")["spec", "ports"]?.items.first)
        #expect(endpoint["port"]?.text == port["name"]?.text)
        #expect(monitor["spec", "selector", "matchLabels"]?.keys == ["app.kubernetes.io/name"])
        #expect(try manifest("service")["metadata", "labels", "app.kubernetes.io/name"]?.text == "linkwatch")
        let key = try #require(endpoint["authorization", "credentials", "key"]?.text)
        #expect(
            try configuration().contains("name: prometheus, role: read, token_file: /run/secrets/linkwatch/\(key) ")
        )
    }

    @Test func `every path that is asked exists, and every port is the container's`() async throws {
        let container = try container()
        let port = try #require(container["ports"]?.items.first)
        #expect(try configuration().contains("listen: :\(try #require(port["containerPort"]?.text))\n"))
        #expect(try manifest("service")["spec", "ports"]?.items.first?["targetPort"]?.text == port["name"]?.text)
        var paths = [try #require(try manifest("servicemonitor")["spec", "endpoints"]?.items.first?["path"]?.text)]
        for probe in ["startupProbe", "livenessProbe", "readinessProbe"] {
            let asked = try #require(container[probe, "httpGet"])
            #expect(asked["port"]?.text == port["name"]?.text)
            paths.append(try #require(asked["path"]?.text))
        }
        try await withTemporaryFolder { folder in
            try await withService(try .watching([], at: "", in: folder)) { live in
                for path in paths {
                    let status = try await live.api.send("GET", path).status
                    #expect(status == 200, "\(path)")
                }
            }
        }
    }

    @Test func `the configuration is right once its secrets are there`() async throws {
        let mounts = try #require(try container()["volumeMounts"]).items.compactMap { $0["mountPath"]?.text }
        #expect(Set(mounts) == ["/etc/linkwatch", "/run/secrets/linkwatch", "/var/lib/linkwatch", "/tmp"])
        try await withTemporaryFolder { folder in
            let configuration = try configuration()
            for match in configuration.matches(of: /\/run\/secrets\/linkwatch\/([a-z-]+)/) {
                try write("secret-\(match.output.1)", to: folder + match.output.1)
                #expect(chmod(folder + match.output.1, 0o440) == 0)
            }
            let path = folder + "linkwatch.yaml"
            try write(configuration.replacing("/run/secrets/linkwatch/", with: folder), to: path)
            let process = try LinkWatchProcess(["check-config", path], environment: ["CONFLUENT_API_KEY": "key"])
            #expect(await process.end() == .exit(0), "\(process.errors)")
            #expect(process.errors.isEmpty)
        }
    }

    @Test func `there is one writer, as nobody in particular`() throws {
        let spec = try #require(try manifest("deployment")["spec"])
        #expect(spec["replicas"]?.text == "1")
        #expect(spec["strategy", "type"]?.text == "Recreate")
        let user = try #require(spec["template", "spec", "securityContext", "runAsUser"]?.text)
        #expect(try text("Dockerfile").contains("\nUSER \(user):\(user)\n"))
        let ends = try #require(spec["template", "spec", "volumes"]?.items)
        #expect(ends.contains { $0["persistentVolumeClaim", "claimName"]?.text == "linkwatch" })
    }

    @Test func `the image says which version it has, and what it copies is there`() throws {
        let dockerfile = try text("Dockerfile")
        #expect(dockerfile.contains("image.version=\"\(Version.text)\""))
        let ignored = try text("Dockerfile.dockerignore").split(separator: "\n").filter { $0.hasPrefix("!") }
        let root = LitestreamConfigurationTests.repository
        // Every folder that a target lies in is in the context, or the manifest is refused.
        let manifest = try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
        for match in manifest.matches(of: /path: "([^"]+)"/) {
            #expect(ignored.contains { "!\(match.output.1)".hasPrefix($0) }, "\(match.output.1)")
        }
        for name in ignored where name != "!Package.resolved" {
            #expect(
                FileManager.default.fileExists(atPath: root.appending(path: String(name.dropFirst())).path),
                "\(name)"
            )
        }
    }

    /// The file within the ConfigMap.
    private func configuration() throws -> String {
        try #require(try manifest("configuration")["data", "linkwatch.yaml"]?.text)
    }
}

extension YAMLNode {
    fileprivate var keys: [String] {
        guard case .mapping(let entries) = content else { return [] }
        return entries.map(\.key)
    }

    fileprivate var items: [YAMLNode] {
        guard case .sequence(let items) = content else { return [] }
        return items
    }

    fileprivate var text: String? {
        guard case .scalar(let text, _) = content else { return nil }
        return text
    }

    fileprivate subscript(path: String...) -> YAMLNode? {
        path.reduce(self as YAMLNode?) { node, key in
            guard case .mapping(let entries) = node?.content else { return nil }
            return entries.first { $0.key == key }?.value
        }
    }
}
