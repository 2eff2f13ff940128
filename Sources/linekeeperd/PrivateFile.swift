import Foundation
import Glibc

/// Small files that only the server's own user may read: the admin token and the master key.
enum PrivateFile {
    /// The text of a file without white space at its ends; `nil` when there is no such file.
    static func read(_ path: String) throws(StartError) -> String? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        do {
            return try String(contentsOfFile: path, encoding: .utf8)
                .trimmingCharacters(in: .whitespacesAndNewlines)
        } catch {
            throw .configuration("\(path) cannot be read: \(error.localizedDescription)")
        }
    }

    /// Writes a file with mode 0600; it is whole and durable, or as it was before, whatever happens in
    /// between.
    static func write(_ text: String, to path: String) throws(StartError) {
        let temporary = path + ".new"
        let files = FileManager.default
        guard
            files.createFile(
                atPath: temporary, contents: Data((text + "\n").utf8),
                attributes: [.posixPermissions: 0o600]),
            isDurable(temporary), unsafe rename(temporary, path) == 0,
            isDurable((path as NSString).deletingLastPathComponent)
        else {
            throw .configuration("\(path) cannot be written: check the directory's permissions.")
        }
    }

    /// Has the disk hold a file, or a directory's entries, before anything else happens.
    private static func isDurable(_ path: String) -> Bool {
        let descriptor = unsafe open(path.isEmpty ? "." : path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fsync(descriptor) == 0
    }

    /// Whether somebody besides the owner may read a file.
    static func isReadableByOthers(_ path: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let mode = attributes?[.posixPermissions] as? Int else { return false }
        return mode & 0o077 != 0
    }
}
