import Foundation

/// Files that a command names; `-` is standard input.
enum Files {
    static let byteCountMax = 64 << 20

    static func text(_ path: String) throws(CLIError) -> String {
        let data: Data
        do {
            // A pipe does as well as a file: --credentials-file <(pass show twilio)
            let file =
                path == "-"
                ? FileHandle.standardInput
                : try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            data = try contents(file)
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

    private static func contents(_ file: FileHandle) throws -> Data {
        var data = Data()
        // One byte more than allowed tells that there is too much.
        while data.count <= byteCountMax,
            let part = try file.read(upToCount: byteCountMax + 1 - data.count), !part.isEmpty
        {
            data.append(part)
        }
        return data
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
        let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
        if cause.domain == NSPOSIXErrorDomain, let code = Int32(exactly: cause.code) {
            return code == ENOENT
                ? "there is no such file" : unsafe String(cString: strerror(code)).lowercased()
        }
        switch CocoaError.Code(rawValue: error.code) {
        case .fileReadNoSuchFile, .fileNoSuchFile: return "there is no such file"
        case .fileReadNoPermission: return "it may not be read"
        default: return error.localizedDescription
        }
    }
}
