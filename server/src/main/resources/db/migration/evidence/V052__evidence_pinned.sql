-- Arm 0 and epoch 0: requests whose client named the version. They are in no evidence, only in the
-- figures, and several versions may be asked for by name in one second.
alter table evidence_row drop constraint evidence_row_pkey;
alter table evidence_row add primary key (boot, sequence, model_id, epoch, arm, version_id);
