"""The pages of those who run 问规: 文件 (what is indexed) and 质检 (the regression suite)."""
