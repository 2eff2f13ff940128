import Glibc
import Subprocess
import SystemPackage

/// What a program reads or writes: no pipe that somebody has to empty, no name to remove.
final class NamelessFile: Sendable {
    fileprivate let descriptor: FileDescriptor

    init(_ content: String = "") throws {
        guard let made = tmpfile() else { throw Errno(rawValue: errno) }
        defer { fclose(made) }
        // A program's streams are put on the numbers below 3 one after the other; where the tests
        // run without a standard input, one of these would be free for a file of ours.
        let moved = fcntl(fileno(made), F_DUPFD_CLOEXEC, 3)
        guard moved >= 0 else { throw Errno(rawValue: errno) }
        descriptor = FileDescriptor(rawValue: moved)
        try descriptor.writeAll(content.utf8)
        try descriptor.seek(offset: 0, from: .start)
    }

    deinit { close(descriptor.rawValue) }

    /// All of it. Leaves the place alone where the program reads or writes next.
    var content: [UInt8] {
        var status = stat()
        guard fstat(descriptor.rawValue, &status) == 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
            count = max(0, pread(descriptor.rawValue, buffer.baseAddress, buffer.count, 0))
        }
    }
}

extension InputProtocol where Self == FileDescriptorInput {
    static func file(_ file: NamelessFile) -> Self {
        .fileDescriptor(file.descriptor, closeAfterSpawningProcess: false)
    }
}

extension OutputProtocol where Self == FileDescriptorOutput {
    static func file(_ file: NamelessFile) -> Self {
        .fileDescriptor(file.descriptor, closeAfterSpawningProcess: false)
    }
}
