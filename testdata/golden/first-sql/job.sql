-- a table
CREATE TABLE t (a INT) WITH ('connector' = 'datagen');
INSERT INTO s SELECT f(a) FROM t;
