create index evidence_batch_lost on evidence_batch (second) where lost > 0;
