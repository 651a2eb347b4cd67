import CSherpaONNX
import Glibc

/// The functions of the library that are used, found by name.
struct SherpaFunctions {
    let version: sherpa_get_version
    let createRecognizer: sherpa_create_recognizer
    let destroyRecognizer: sherpa_destroy_recognizer
    let createStream: sherpa_create_stream
    let destroyStream: sherpa_destroy_stream
    let accept: sherpa_accept
    let decode: sherpa_decode
    let recognition: sherpa_get_recognition
    let destroyRecognition: sherpa_destroy_recognition
    let createSynthesizer: sherpa_create_synthesizer
    let destroySynthesizer: sherpa_destroy_synthesizer
    let sampleRate: sherpa_ask_synthesizer
    let speakerCount: sherpa_ask_synthesizer
    let speak: sherpa_speak
    let destroySpeech: sherpa_destroy_speech

    init(_ handle: UnsafeMutableRawPointer, path: String) throws(SherpaError) {
        func find<Function>(_ name: String, as type: Function.Type) throws(SherpaError) -> Function {
            guard let symbol = dlsym(handle, "SherpaOnnx" + name) else {
                throw .libraryUnusable(path: path, reason: "it has no function SherpaOnnx\(name)")
            }
            return unsafeBitCast(symbol, to: type)
        }
        version = try find("GetVersionStr", as: sherpa_get_version.self)
        createRecognizer = try find("CreateOfflineRecognizer", as: sherpa_create_recognizer.self)
        destroyRecognizer = try find("DestroyOfflineRecognizer", as: sherpa_destroy_recognizer.self)
        createStream = try find("CreateOfflineStream", as: sherpa_create_stream.self)
        destroyStream = try find("DestroyOfflineStream", as: sherpa_destroy_stream.self)
        accept = try find("AcceptWaveformOffline", as: sherpa_accept.self)
        decode = try find("DecodeOfflineStream", as: sherpa_decode.self)
        recognition = try find("GetOfflineStreamResult", as: sherpa_get_recognition.self)
        destroyRecognition = try find("DestroyOfflineRecognizerResult", as: sherpa_destroy_recognition.self)
        createSynthesizer = try find("CreateOfflineTts", as: sherpa_create_synthesizer.self)
        destroySynthesizer = try find("DestroyOfflineTts", as: sherpa_destroy_synthesizer.self)
        sampleRate = try find("OfflineTtsSampleRate", as: sherpa_ask_synthesizer.self)
        speakerCount = try find("OfflineTtsNumSpeakers", as: sherpa_ask_synthesizer.self)
        speak = try find("OfflineTtsGenerateWithConfig", as: sherpa_speak.self)
        destroySpeech = try find("DestroyOfflineTtsGeneratedAudio", as: sherpa_destroy_speech.self)
    }
}
