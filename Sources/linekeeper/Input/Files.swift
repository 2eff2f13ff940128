import Foundation

/// Files that a command names; `-` is standard input.
enum Files {
    static let byteCountMax = 64 << 20

    static func text(_ path: String) throws(CLIError) -> String {
        let data: Data
        do {
            if path == "-" {
                data = try FileHandle.standardInput.readToEnd() ?? Data()
            } else {
                data = try Data(contentsOf: URL(fileURLWithPath: path))
            }
        } catch {
            throw .usage("Cannot read \(path): \(reason(error)).")
        }
        guard data.count <= byteCountMax else {
            throw .usage("\(path) is larger than \(byteCountMax >> 20) MiB.")
        }
        guard let text = String(bytes: data, encoding: .utf8) else {
            throw .usage("\(path) is not UTF-8 text.")
        }
        return text
    }

    /// A file's first line, without the blanks around it: a token, a password.
    static func firstLine(_ path: String) throws(CLIError) -> String {
        let line = try text(path).split(separator: "\n", maxSplits: 1).first ?? ""
        let trimmed = line.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !trimmed.isEmpty else { throw .usage("\(path) is empty.") }
        return trimmed
    }

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    private static func reason(_ error: any Error) -> String {
        let error = error as NSError
        guard let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError,
            cause.domain == NSPOSIXErrorDomain
        else { return error.localizedDescription }
        return cause.code == Int(ENOENT)
            ? "there is no such file" : unsafe String(cString: strerror(Int32(cause.code)))
    }
}
