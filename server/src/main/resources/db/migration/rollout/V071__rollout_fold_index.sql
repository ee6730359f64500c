create index evidence_row_fold on evidence_row (epoch, position);
