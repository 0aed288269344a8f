/// Secrets, which come in two spellings: `password` and `password_file`.
extension Section {
    /// The secret of this name, nil where neither spelling is there, or where it was refused.
    func secret(_ key: String, required: Bool) -> Secret? {
        let inline = self[key]
        let file = self["\(key)_file"]
        if let inline, let file {
            file.refuse("contradicts \(key) in line \(inline.node.position.line); give one of the two")
            return nil
        }
        if let file { return secret(fromFile: file) }
        if let inline { return secret(fromValue: inline) }
        if required { refuse("is required, as \(key) or \(key)_file", key) }
        return nil
    }

    private func secret(fromFile setting: Setting) -> Secret? {
        guard let name = setting.word() else { return nil }
        let path = reading.resolved(name)
        let secret = Secret(file: path)
        do throws(SecretError) {
            _ = try secret.reveal()
        } catch {
            setting.refuse("\(error)")
            return nil
        }
        if BoundedFile.isReadableByEveryone(path) {
            setting.warn("every user can read \(Excerpt.shortened(path)); take that right away with chmod o-r")
        }
        return secret
    }

    private func secret(fromValue setting: Setting) -> Secret? {
        guard let text = setting.text() else { return nil }
        let secret = Secret(text.value)
        do throws(SecretError) {
            _ = try secret.reveal()
        } catch {
            setting.refuse("\(error)")
            return nil
        }
        if !text.isFromEnvironment {
            setting.warn("a secret stands in this file; keep it in a file of its own or in the environment")
        }
        return secret
    }
}
