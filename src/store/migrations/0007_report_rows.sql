-- The lines of a report beside its row, to be read by the thousand without its object. Null: of before, or of a report that
-- came without; they are read from the object when they are asked for, and put here.

alter table reports add column flat text;
