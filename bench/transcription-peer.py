# Runs faster-whisper on one file and prints a line of JSON when the model is loaded, and one at the end.
#   python transcription-peer.py MODEL_FOLDER AUDIO THREADS
import json
import sys
import time

from faster_whisper import WhisperModel

model_folder, audio, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
model = WhisperModel(
    model_folder, device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
)
print(json.dumps({"event": "loaded"}), flush=True)
start = time.monotonic()
segments, info = model.transcribe(audio, beam_size=1)
text = " ".join(segment.text.strip() for segment in segments)
seconds = time.monotonic() - start
print(json.dumps({"event": "done", "seconds": seconds, "language": info.language, "text": text}), flush=True)
