import Foundation

/// What has to be done without, told on standard error, where it stays out of what other programs read.
enum Warning {
    static func show(_ text: String) { FileHandle.standardError.write(Data("warning: \(text)\n".utf8)) }
}
